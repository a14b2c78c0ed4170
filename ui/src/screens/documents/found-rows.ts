import type { KeptResult } from '../../lib/api/generated/KeptResult';
import type { OwnFlag } from '../../lib/api/generated/OwnFlag';
import type { ReadResult } from '../../lib/api/generated/ReadResult';
import { said } from '../own/own-form';

/** A row of a document as somebody looks at it: what the document says, and what is to be kept of it. */
export interface Looked {
  read: ReadResult;
  /** It was looked at, and is right. */
  right: boolean;
  name: string;
  value: string;
  unit: string;
  range: string;
  flag: OwnFlag | '';
  date: string | null;
  /** What was typed is no day. */
  wrong: boolean;
}

/** As the document says it; nothing is right before somebody said so. */
export function looked(read: ReadResult): Looked {
  return {
    read,
    right: false,
    name: read.name,
    value: read.value,
    unit: read.unit ?? '',
    range: read.range ?? '',
    flag: read.flag ?? '',
    date: read.date,
    wrong: false,
  };
}

/** The rows of a new reading, with what was typed and chosen in those that are the same. */
export function lookedAgain(before: Looked[], rows: ReadResult[]): Looked[] {
  return rows.map((read) => {
    const known = before.find((one) => one.read.id === read.id);
    return known && !read.kept ? { ...known, read } : looked(read);
  });
}

/** Why a row cannot be kept: nothing, or what it lacks. `day` is that of all rows that have none. */
export function lacks(row: Looked, day: string | null): 'day' | 'name' | 'value' | null {
  if (row.wrong || !(row.date ?? day)) return 'day';
  if (!row.name.trim()) return 'name';
  return row.value.trim() ? null : 'value';
}

/** A row as it is kept. */
export function toKeep(row: Looked, day: string | null): KeptResult {
  return {
    id: row.read.id,
    name: row.name.trim(),
    value: row.value.trim(),
    unit: said(row.unit),
    range: said(row.range),
    flag: row.flag || null,
    date: row.date ?? day ?? '',
  };
}
