/** What an invented portal's download holds. */
import type { ImportPreview } from '../../lib/api/generated/ImportPreview';
import type { ImportReport } from '../../lib/api/generated/ImportReport';
import type { ImportView } from '../../lib/api/generated/ImportView';

export const importPreview: ImportPreview = {
  files: 4,
  people: [{ name: 'Mabel Okonkwo', born: 'April 3, 1961' }],
  asked: null,
  askedAdvice: null,
  theirs: null,
  sources: ['Birchwood Clinic'],
  kinds: [
    { kind: 'result', text: 'Results', count: 212 },
    { kind: 'medicine', text: 'Medicines', count: 14 },
    { kind: 'problem', text: 'Problems', count: 9 },
    { kind: 'document', text: 'Documents', count: 5 },
  ],
  period: 'March 1, 2019 – May 2, 2024',
  total: 240,
  known: 12,
  unreadable: [{ file: 'README.TXT', position: 0, reason: 'not a health record file' }],
  remarks: ['Health card: signed by State of Otter. The signature was checked, and it is theirs.'],
};

export const importReport: ImportReport = {
  import: 7,
  files: 4,
  resources: { Observation: 212 },
  entries: 240,
  versions: 228,
  unreadable: [],
  setAside: [],
  beside: [],
  remarks: [],
};

export const importView: ImportView = {
  id: 7,
  connections: ['c-files'],
  sources: ['Birchwood Clinic'],
  when: 'July 1, 2026, 2:05 PM',
  records: 228,
};
