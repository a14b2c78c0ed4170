/**
 * Keeps answers in the order of their questions. Every question is announced, with what it is about; what comes back
 * tells whether its answer is still wanted: not when a newer question was answered before it, and not when something
 * else is asked about by now. One that is merely followed by another is wanted: while records arrive, questions about
 * the same thing follow each other faster than answers, and none of them should have to wait for quiet.
 */
export function latest(): (about?: string) => () => boolean {
  let asked = 0;
  let answered = 0;
  let subject = '';
  return (about = '') => {
    const mine = ++asked;
    subject = about;
    return () => {
      if (about !== subject || mine < answered) return false;
      answered = mine;
      return true;
    };
  };
}
