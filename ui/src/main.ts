import { mount } from 'svelte';
import { wear } from './lib/appearance';
import { door } from './lib/api/door';
import type { SettingsView } from './lib/api/generated/SettingsView';
import { writeDates } from './lib/dates';
import { speak } from './lib/words';
import './styles/index.css';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

// Asked for at once: by the time there is a window to show it in, the answer is here. Who waits for it hears of its failure.
const app = door.call('appState', {});
app.catch(() => undefined);

// How the window looks and speaks is known before anything is drawn or said. Settings that cannot be read must not
// keep anybody from their record: then it looks and speaks as it is built.
let settings: SettingsView | null;
try {
  settings = await door.call('settings', {});
  speak(settings.language);
  writeDates(settings.dateOrder);
  wear(settings.settings, door);
} catch {
  settings = null;
}
const { default: App } = await import('./App.svelte');
target.replaceChildren();
mount(App, { target, props: { host: door, settings, app } });
