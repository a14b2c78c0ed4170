import { render, screen, waitFor } from '@testing-library/svelte';
import axe from 'axe-core';
import { expect } from 'vitest';
import App from '../App.svelte';
import type { SettingsView } from '../lib/api/generated/SettingsView';
import type { FakeHost } from './fake-host';

/** Shows the app at an address. */
export function show(host: FakeHost, hash = '#/', settings: SettingsView | null = null) {
  history.replaceState(null, '', hash);
  return render(App, { props: { host, settings } });
}

/** Waits for an element by its hook. */
export function hook(id: string): Promise<HTMLElement> {
  return screen.findByTestId(id);
}

/** The row of a record in the list that is shown. */
export async function rowOf(id: string): Promise<HTMLElement> {
  return waitFor(() => {
    const found = document.querySelector<HTMLElement>(`[data-fact="${id}"]`);
    if (!found) throw new Error(`no row ${id}`);
    return found;
  });
}

export async function heading(words: RegExp | string): Promise<HTMLElement> {
  return screen.findByRole('heading', { level: 1, name: words });
}

/** axe finds nothing. Colours are judged on real pages: nothing is painted here. */
export async function accessible(): Promise<void> {
  const found = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false } },
  });
  expect(
    found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`),
  ).toEqual([]);
}

export { screen, waitFor };
