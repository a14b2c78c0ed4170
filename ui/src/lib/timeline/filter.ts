import type { Kind } from '../api/generated/Kind';
import type { StatusGroup } from '../api/generated/StatusGroup';
import type { TimelineFilter } from '../api/generated/TimelineFilter';

/** Names in the address. A filter is in the address and nowhere else, so that it can be kept, sent and gone back to. */
const NAMES = ['kind', 'provider', 'status', 'flagged', 'from', 'to', 'text'] as const;

export type FilterName = (typeof NAMES)[number];

/** What the address lets through; members that say nothing are left out. A kind that is none is refused by the host. */
export function filterOf(query: URLSearchParams): TimelineFilter {
  const filter: TimelineFilter = {
    kinds: query.getAll('kind') as Kind[],
    connections: query.getAll('provider'),
  };
  const statuses = query.getAll('status') as StatusGroup[];
  if (statuses.length > 0) filter.statuses = statuses;
  if (query.has('flagged')) filter.flagged = true;
  for (const name of ['from', 'to', 'text'] as const) {
    const value = query.get(name);
    if (value) filter[name] = value;
  }
  return filter;
}

export function isFiltered(query: URLSearchParams): boolean {
  return NAMES.some((name) => query.has(name));
}

/** How many choices stand in the address. */
export function filterCount(query: URLSearchParams): number {
  return NAMES.reduce((sum, name) => sum + query.getAll(name).length, 0);
}

/** The address' query with one choice more, or without it when it was made already. */
export function toggled(query: URLSearchParams, name: FilterName, value: string): URLSearchParams {
  const next = new URLSearchParams(query);
  const on = next.getAll(name).includes(value);
  const rest = next.getAll(name).filter((one) => one !== value);
  next.delete(name);
  for (const one of on ? rest : [...rest, value]) next.append(name, one);
  return next;
}

/** The address' query with a choice of which there is one; an empty value takes it away. */
export function chosen(query: URLSearchParams, name: FilterName, value: string | null): URLSearchParams {
  const next = new URLSearchParams(query);
  next.delete(name);
  if (value) next.set(name, value);
  return next;
}

/** Whoever filters wants to see what was found: only then is nothing folded away. */
export function isFolding(filter: TimelineFilter): boolean {
  return (
    filter.kinds.length === 0 &&
    filter.connections.length === 0 &&
    !filter.statuses?.length &&
    !filter.flagged &&
    !filter.from &&
    !filter.to &&
    !filter.text
  );
}
