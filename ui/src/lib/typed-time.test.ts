import { expect, test } from 'vitest';
import { readTime } from './typed-time';

test('a time of day is read as people type it, and nothing is guessed', () => {
  const times = {
    '8:30 AM': '08:30',
    '8:30pm': '20:30',
    '12 am': '00:00',
    '12:05 p.m.': '12:05',
    '8 p. m.': '20:00',
    '20:15': '20:15',
    '8.30': '08:30',
  };
  for (const [typed, time] of Object.entries(times))
    expect(readTime(typed), typed).toEqual({ is: 'time', time });
  expect(readTime('  ')).toEqual({ is: 'empty' });
  for (const none of ['8', '25:00', '13 pm', '0 am', '8:3', '8:60', 'noon', '8:30:10'])
    expect(readTime(none), none).toEqual({ is: 'unreadable' });
});
