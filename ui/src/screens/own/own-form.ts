import type { OwnEntry } from '../../lib/api/generated/OwnEntry';
import type { OwnFlag } from '../../lib/api/generated/OwnFlag';
import type { OwnMeasure } from '../../lib/api/generated/OwnMeasure';
import type { OwnSeverity } from '../../lib/api/generated/OwnSeverity';
import type { OwnKind } from '../../lib/session/own.svelte';
import { readTime } from '../../lib/typed-time';
import { t } from '../../lib/words';

/** What stands in the fields of the form, of whatever kind. */
export interface Typed {
  name: string;
  how: string;
  reason: string;
  reaction: string;
  severity: OwnSeverity | '';
  lot: string;
  place: string;
  since: string | null;
  until: string | null;
  over: boolean;
  what: OwnMeasure;
  value: string;
  second: string;
  unit: string;
  range: string;
  flag: OwnFlag | '';
  date: string | null;
  time: string;
  note: string;
}

export const BLANK: Typed = {
  name: '',
  how: '',
  reason: '',
  reaction: '',
  severity: '',
  lot: '',
  place: '',
  since: null,
  until: null,
  over: false,
  what: 'bloodPressure',
  value: '',
  second: '',
  unit: '',
  range: '',
  flag: '',
  date: null,
  time: '',
  note: '',
};

/** What can be added, in the order it is offered. */
export const KINDS: Record<OwnKind, { name: string; title: string }> = {
  medicine: { name: t('ui-own-kind-medicine'), title: t('ui-own-title-medicine') },
  allergy: { name: t('ui-own-kind-allergy'), title: t('ui-own-title-allergy') },
  problem: { name: t('ui-own-kind-problem'), title: t('ui-own-title-problem') },
  measurement: { name: t('ui-own-kind-measurement'), title: t('ui-own-title-measurement') },
  result: { name: t('ui-own-kind-result'), title: t('ui-own-title-result') },
  vaccine: { name: t('ui-own-kind-vaccine'), title: t('ui-own-title-vaccine') },
  visit: { name: t('ui-own-kind-visit'), title: t('ui-own-title-visit') },
};

interface Line {
  field: 'name' | 'how' | 'reason' | 'reaction' | 'lot' | 'place' | 'value' | 'unit' | 'range';
  label: string;
  hint?: string;
  required?: boolean;
}

/** Lines of words of each kind. */
export const LINES: Record<OwnKind, readonly Line[]> = {
  medicine: [
    { field: 'name', label: t('ui-own-medicine-name'), hint: t('ui-own-medicine-name-hint'), required: true },
    { field: 'how', label: t('ui-own-medicine-how'), hint: t('ui-own-medicine-how-hint') },
    { field: 'reason', label: t('ui-own-medicine-reason') },
  ],
  allergy: [
    { field: 'name', label: t('ui-own-allergy-name'), required: true },
    { field: 'reaction', label: t('ui-own-allergy-reaction'), hint: t('ui-own-allergy-reaction-hint') },
  ],
  problem: [{ field: 'name', label: t('ui-own-problem-name'), required: true }],
  measurement: [],
  result: [
    { field: 'name', label: t('ui-own-result-name'), required: true },
    { field: 'value', label: t('ui-own-result-value'), hint: t('ui-own-result-value-hint'), required: true },
    { field: 'unit', label: t('ui-own-unit') },
    { field: 'range', label: t('ui-own-range'), hint: t('ui-own-range-hint') },
  ],
  vaccine: [
    { field: 'name', label: t('ui-own-vaccine-name'), hint: t('ui-own-vaccine-name-hint'), required: true },
    { field: 'place', label: t('ui-own-vaccine-place') },
    { field: 'lot', label: t('ui-own-vaccine-lot') },
  ],
  visit: [
    { field: 'name', label: t('ui-own-visit-name'), required: true },
    { field: 'place', label: t('ui-own-visit-place') },
  ],
};

/** How a laboratory can mark a result. */
export const FLAGS: Record<OwnFlag, string> = {
  high: t('ui-own-flag-high'),
  low: t('ui-own-flag-low'),
  criticalHigh: t('ui-own-flag-critical-high'),
  criticalLow: t('ui-own-flag-critical-low'),
  abnormal: t('ui-own-flag-abnormal'),
  critical: t('ui-own-flag-critical'),
};

export const said = (text: string): string | null => text.trim() || null;

function timeOf(typed: Typed): string | null {
  const time = readTime(typed.time);
  return time.is === 'time' ? time.time : null;
}

/** What was typed, as it is kept. */
export function entered(kind: OwnKind, typed: Typed): OwnEntry {
  const note = said(typed.note);
  const until = typed.over ? typed.until : null;
  switch (kind) {
    case 'medicine':
      return {
        is: kind,
        name: typed.name,
        how: said(typed.how),
        reason: said(typed.reason),
        since: typed.since,
        stopped: typed.over,
        until,
        note,
      };
    case 'allergy': {
      const reaction = said(typed.reaction);
      const severity = reaction && typed.severity ? typed.severity : null;
      return { is: kind, substance: typed.name, reaction, severity, since: typed.since, note };
    }
    case 'problem':
      return { is: kind, name: typed.name, since: typed.since, over: typed.over, until, note };
    case 'measurement': {
      return {
        is: kind,
        what: typed.what,
        value: typed.value.trim(),
        second: typed.what === 'bloodPressure' ? said(typed.second) : null,
        unit: typed.unit,
        date: typed.date ?? '',
        time: timeOf(typed),
        note,
      };
    }
    case 'result':
      return {
        is: kind,
        name: typed.name,
        value: typed.value,
        unit: said(typed.unit),
        range: said(typed.range),
        flag: typed.flag || null,
        date: typed.date ?? '',
        note,
      };
    case 'vaccine':
      return {
        is: kind,
        name: typed.name,
        date: typed.date,
        lot: said(typed.lot),
        place: said(typed.place),
        note,
      };
    case 'visit':
      return {
        is: kind,
        reason: typed.name,
        date: typed.date ?? '',
        time: timeOf(typed),
        place: said(typed.place),
        note,
      };
  }
}

/** What the fields hold to change an entry. */
export function typedOf(entry: OwnEntry): Typed {
  const note = entry.note ?? '';
  switch (entry.is) {
    case 'medicine':
      return {
        ...BLANK,
        name: entry.name,
        how: entry.how ?? '',
        reason: entry.reason ?? '',
        since: entry.since,
        over: entry.stopped,
        until: entry.until,
        note,
      };
    case 'allergy':
      return {
        ...BLANK,
        name: entry.substance,
        reaction: entry.reaction ?? '',
        severity: entry.severity ?? '',
        since: entry.since,
        note,
      };
    case 'problem':
      return { ...BLANK, name: entry.name, since: entry.since, over: entry.over, until: entry.until, note };
    case 'measurement':
      return {
        ...BLANK,
        what: entry.what,
        value: entry.value,
        second: entry.second ?? '',
        unit: entry.unit,
        date: entry.date,
        time: entry.time ?? '',
        note,
      };
    case 'result':
      return {
        ...BLANK,
        name: entry.name,
        value: entry.value,
        unit: entry.unit ?? '',
        range: entry.range ?? '',
        flag: entry.flag ?? '',
        date: entry.date || null,
        note,
      };
    case 'vaccine':
      return {
        ...BLANK,
        name: entry.name,
        date: entry.date,
        lot: entry.lot ?? '',
        place: entry.place ?? '',
        note,
      };
    case 'visit':
      return {
        ...BLANK,
        name: entry.reason,
        date: entry.date,
        time: entry.time ?? '',
        place: entry.place ?? '',
        note,
      };
  }
}
