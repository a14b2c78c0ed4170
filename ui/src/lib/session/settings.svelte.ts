import type { Settings } from '../api/generated/Settings';
import type { SettingsView } from '../api/generated/SettingsView';
import type { Host } from '../api/host';
import { stepped, wear } from '../appearance';
import { keepMark } from '../focus-mark';
import type { OpenRecord } from './record.svelte';

/** How the window looks and speaks: as chosen, at once, and remembered. */
export class WindowSettings {
  view = $state.raw<SettingsView | null>(null);

  constructor(
    private readonly record: OpenRecord,
    private readonly host: Pick<Host, 'zoom'>,
    view: SettingsView | null,
  ) {
    this.view = view;
  }

  async read(): Promise<SettingsView> {
    this.view ??= await this.record.call('settings', {});
    return this.view;
  }

  /** Another language, and another way to write dates and times, loads the window again. */
  async save(settings: Settings): Promise<void> {
    const before = this.view;
    if (before) this.view = { ...before, settings };
    wear(settings, this.host);
    const now = await this.record.call('saveSettings', { settings });
    this.view = now;
    const said = ['language', 'dateOrder', 'clock'] as const;
    if (before && said.some((one) => now[one] !== before[one])) {
      keepMark();
      location.reload();
    }
  }

  /** One size up or down, or back to the first. */
  async resize(step: 1 | -1 | 0): Promise<void> {
    const { settings } = await this.read();
    const textSize = step === 0 ? 100 : stepped(settings.textSize, step);
    if (textSize !== settings.textSize) await this.save({ ...settings, textSize });
  }
}
