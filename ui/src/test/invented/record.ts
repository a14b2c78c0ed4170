/** The page of one record, and its files. */
import type { ConflictView } from '../../lib/api/generated/ConflictView';
import type { FactPage } from '../../lib/api/generated/FactPage';
import type { FileContent } from '../../lib/api/generated/FileContent';
import type { FileView } from '../../lib/api/generated/FileView';
import type { TimelineRow } from '../../lib/api/generated/TimelineRow';
import { conflicts } from './asking';
import { connections } from './providers';
import { results } from './results';

export function factPage(found: TimelineRow): FactPage {
  const joined = found.sources.length > 1;
  return {
    note: null,
    trend: results.find((one) => one.latest.id === found.id) ?? null,
    row: found,
    plain: found.title.startsWith('LDL') ? '“Bad” cholesterol, carried in the blood.' : null,
    under: null,
    related: [],
    likely: [],
    day: [],
    topic: null,
    joins: joined
      ? [
          {
            rule: 'same-result',
            why: 'Shown once because both providers report the same test with the same value on the same day.',
            first: {
              connection: 'c-lake',
              provider: 'Lakeside Family Medicine',
              resource: `Observation/${found.id}-0`,
            },
            second: {
              connection: 'c-summit',
              provider: 'Summit General Hospital',
              resource: `Observation/${found.id}-1`,
            },
            evidence: [
              { label: 'Called', first: found.title, second: `${found.title}, direct assay` },
              { label: 'Date', first: found.dayText, second: `${found.dayText}, 8:12 AM` },
              { label: 'Value', first: found.value ?? '', second: found.value ?? '' },
              { label: 'Lot', first: '', second: 'K-4410' },
            ],
          },
        ]
      : [],
    conflicts: found.disagreement ? [{ ...conflicts[0], titles: [found.title] } as ConflictView] : [],
    gone: null,
    sources: found.sources.map((source, index) => ({
      connection: source,
      provider: connections.find((one) => one.id === source)?.name ?? 'Elsewhere',
      title: index === 0 ? found.title : `${found.title}, direct assay`,
      dayText: found.dayText,
      value: found.value,
      lines: [
        { label: 'Date', text: `${found.dayText}${found.time ? `, ${found.time}` : ''}`, technical: false },
        { label: 'Value', text: found.value ?? 'none', technical: false },
        { label: 'Normal range', text: 'below 100 mg/dL', technical: false },
        { label: 'Status', text: 'final', technical: false },
        { label: 'By', text: 'Dr. Ines Albright', technical: false },
        { label: 'Code', text: 'LOINC 13457-7', technical: true },
      ],
      narrative: index === 0 ? '<p><b>LDL</b> 131 mg/dL (final)</p>' : null,
      release: index === 0 ? 'R4' : 'DSTU2',
      resource: `Observation/${found.id}-${index}`,
      received: 'today, 2:05 PM',
      versions: [
        { id: 10 + index, received: 'today, 2:05 PM' },
        ...(index === 0 ? [{ id: 1, received: 'October 3, 2026, 9:12 AM' }] : []),
      ],
      struck: false,
      before: index === 0 ? ['128 mg/dL, until today, 2:05 PM'] : [],
      gone: null,
      documents: index === 0 ? [{ fact: 'f-letter', text: 'Visit summary, March 5, 2024' }] : [],
    })),
  };
}

export const files: FileView[] = [
  file('f-letter', 'Referral letter', 'Letter (RTF)', '12 kB'),
  file('f-text', 'Note', 'Text', '2 kB'),
  file('f-odd', 'scan.tif', 'Picture', '3 MB'),
  {
    ...file('', 'Operation report', 'PDF', ''),
    id: null,
    size: null,
    missing: 'The provider names this file but it has not come.',
  },
];

function file(id: string, title: string, format: string, size: string): FileView {
  return { id, title, format, size, providers: ['Lakeside Family Medicine'], missing: null };
}

export const contents: Record<string, FileContent> = {
  'f-letter': {
    show: {
      as: 'page',
      html: '<h1>Referral</h1><p>Dear colleague, her <b>zygomatic</b> bone has healed. Seen in São Paulo.</p><script>document.title="acted"</script><table><tbody><tr><th>Test</th><th>Value</th></tr><tr><td>Zygomatic width</td><td onclick="x()" colspan="2">131 mm</td></tr></tbody></table>',
    },
    warning: 'This file is very long; only its first part is shown.',
  },
  'f-text': { show: { as: 'text', text: 'Nothing but\nwords <b>as they are</b>.' }, warning: null },
  'f-odd': {
    show: {
      as: 'nothing',
      reason: 'Pictures of this kind cannot be shown here. Save it, and open it with another program.',
    },
    warning: null,
  },
};
