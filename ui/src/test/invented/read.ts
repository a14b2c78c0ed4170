/** What an invented laboratory's PDF seems to say. */
import type { ReadResult } from '../../lib/api/generated/ReadResult';
import type { ReadResults } from '../../lib/api/generated/ReadResults';

export function readResult(some: Partial<ReadResult> & { id: string; name: string }): ReadResult {
  return {
    page: 1,
    line: 7,
    top: 200,
    bottom: 214,
    words: `${some.name} ${some.value ?? '105'} mg/dL 70-99`,
    value: '105',
    unit: 'mg/dL',
    range: '70-99',
    flag: null,
    date: '2024-03-05',
    kept: null,
    ...some,
  };
}

export const readResults: ReadResults = {
  rows: [
    readResult({ id: 'read-1', name: 'Glucose', flag: 'high' }),
    readResult({
      id: 'read-2',
      name: 'LDL Chol Calc (NIH)',
      value: '131',
      range: '0-99',
      top: 240,
      bottom: 254,
    }),
    readResult({
      id: 'read-3',
      name: 'Protein, urine',
      value: 'Negative',
      unit: null,
      range: 'Negative',
      page: 2,
    }),
  ],
  wordless: false,
  cut: false,
};
