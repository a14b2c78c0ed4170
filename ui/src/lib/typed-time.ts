/** What was typed into a field for a time of day. */
export type TypedTime = { is: 'empty' } | { is: 'time'; time: string } | { is: 'unreadable' };

const AFTER_NOON = /^p\.?\s?m\.?$/;
const BEFORE_NOON = /^a\.?\s?m\.?$/;

/**
 * Reads a time of day as people type it: 8:30 AM, 8 pm, 20:15. Without AM or PM it is read on the clock of twenty-four
 * hours, so 8:30 is in the morning; what was understood is said beside the field.
 */
export function readTime(text: string): TypedTime {
  const typed = text.trim().toLowerCase().replace(/\s+/g, ' ');
  if (!typed) return { is: 'empty' };
  const parts = /^(\d{1,2})(?:[:.](\d{2}))?\s?([ap]\.?\s?m\.?)?$/.exec(typed);
  if (!parts) return { is: 'unreadable' };
  const [, hours = '', minutes = '', half] = parts;
  let hour = Number(hours);
  if (half) {
    if (hour < 1 || hour > 12) return { is: 'unreadable' };
    if (AFTER_NOON.test(half)) hour = (hour % 12) + 12;
    else if (BEFORE_NOON.test(half)) hour %= 12;
  } else if (!minutes) return { is: 'unreadable' };
  if (hour > 23 || Number(minutes) > 59) return { is: 'unreadable' };
  return { is: 'time', time: `${String(hour).padStart(2, '0')}:${minutes.padStart(2, '0')}` };
}
