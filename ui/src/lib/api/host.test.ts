import { describe, expect, test } from 'vitest';
import { asApiError } from './host';

describe('what the host throws', () => {
  const words = { message: 'No answer.', advice: 'Open it again.' };
  test('stays as it is when it is an error for people', () => {
    const error = { code: 'locked', message: 'Locked.', advice: 'Unlock.', details: null } as const;
    expect(asApiError(error, words)).toEqual(error);
  });
  test('gets words for people when it is anything else', () => {
    expect(asApiError(new Error('ipc closed'), words)).toEqual({
      code: null,
      ...words,
      details: 'ipc closed',
    });
    expect(asApiError('missing command', words).details).toBe('missing command');
    expect(asApiError(undefined, words).details).toBeNull();
  });
});
