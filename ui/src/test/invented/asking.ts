/** What waits for the person's word: where providers disagree, and what may be the same. */
import type { ConflictView } from '../../lib/api/generated/ConflictView';

const lake = { connection: 'c-lake', provider: 'Lakeside Family Medicine' };

const summit = { connection: 'c-summit', provider: 'Summit General Hospital' };

export const conflicts: ConflictView[] = [
  {
    id: 'd1',
    about: 'status',
    kind: 'medicine',
    titles: ['Lisinopril 10 mg tablet'],
    sentence: 'Your providers disagree about whether this is still current.',
    statements: [
      { ...lake, says: 'current', date: 'April 20, 2015', fact: 'f1' },
      { ...summit, says: 'stopped', date: 'March 17, 2021 – June 7, 2022', fact: 'f1' },
    ],
    wish: null,
  },
  {
    id: 'd2',
    about: 'allergy-not-listed',
    kind: 'allergy',
    titles: ['Sulfa drugs'],
    sentence: 'Not all of your providers have this allergy on file.',
    statements: [
      { ...summit, says: 'Sulfa drugs', date: null, fact: 'f2' },
      { ...lake, says: 'does not list it', date: null, fact: null },
    ],
    wish: 'ask',
  },
  {
    id: 'd3',
    about: 'dose',
    kind: 'medicine',
    titles: ['Atorvastatin 20 mg tablet', 'Atorvastatin 40 mg tablet'],
    sentence: 'The same medicine is listed as current in different strengths.',
    statements: [
      { ...lake, says: 'Atorvastatin 20 mg tablet', date: 'March 15, 2022', fact: 'f3' },
      { ...summit, says: 'Atorvastatin 40 mg tablet', date: 'April 20, 2023', fact: 'f4' },
    ],
    wish: 'settled',
  },
];
