import { getContext, setContext } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { AppState } from './api/generated/AppState';
import type { Event as HostEvent } from './api/generated/Event';
import type { PersonView } from './api/generated/PersonView';
import type { SettingsView } from './api/generated/SettingsView';
import type { Host } from './api/host';
import { copyText } from './copy';
import { chosenInMenu } from './menu';
import { followPresence } from './presence';
import { href, Router } from './route.svelte';
import { Asks } from './session/asks.svelte';
import { Connecting } from './session/connecting.svelte';
import { Connections } from './session/connections.svelte';
import { FILES_SCREEN, Importing } from './session/importing.svelte';
import { Own } from './session/own.svelte';
import { OpenRecord } from './session/record.svelte';
import { WindowSettings } from './session/settings.svelte';
import { Syncs } from './session/syncs.svelte';
import { Toasts } from './session/toasts.svelte';
import { t } from './words';

/** What the whole window shares. Screens ask it; only it speaks to the host. */
export class Session extends OpenRecord {
  readonly router = new Router();
  readonly toasts = new Toasts();
  readonly connections = new Connections(this);
  readonly asks = new Asks(this, this.toasts);
  readonly syncs = new Syncs(this, this.connections, this.asks, this.toasts);
  readonly connecting = new Connecting(this, this.router, this.connections, this.syncs, this.toasts);
  readonly importing = new Importing(this, this.router, this.toasts);
  readonly own = new Own(this, this.connections, this.asks);
  readonly settings: WindowSettings;

  /** Notes that were begun and not saved, by record: whoever looks something up meanwhile finds them again. */
  readonly notes = new SvelteMap<string, string>();
  /** Letters that were begun, by what they are about. `to`: null while nobody changed it. */
  readonly letters = new SvelteMap<string, { to: string | null; shouldSay: string; why: string }>();
  /** The dialog that finds anything is open. */
  searching = $state(false);
  /** The sheet that is opened next is printed as soon as it is laid out. */
  printing = $state(false);
  /** The pages of a whole record are being made. */
  printingWhole = $state(false);
  /** A record that was chosen elsewhere: the timeline goes to where it stands. */
  reveal = $state.raw<{ fact: string; day: string } | null>(null);
  /** The timeline's last filter: coming back finds it as it was left. */
  timelineQuery = $state.raw(new URLSearchParams());

  /** What is due was fetched, or begun to be, since the record was opened. */
  #lookedForDue = false;

  constructor(host: Host, settings: SettingsView | null = null) {
    super(host);
    this.settings = new WindowSettings(this, host, settings);
  }

  /**
   * Begins to listen and reads the first state, unless that was asked for already; call the returned function to stop.
   */
  start(asked?: Promise<AppState>): () => void {
    const stopRouter = this.router.follow();
    let stopped = false;
    let stopEvents: (() => void) | undefined;
    this.host
      .onEvent((event) => this.#heard(event))
      .then(
        (stop) => {
          if (stopped) stop();
          else stopEvents = stop;
        },
        (thrown: unknown) => {
          this.broken = this.failure(thrown);
        },
      );
    void this.readApp(asked);
    const stopDue = this.syncs.followDue();
    const stopPresence = followPresence(() => {
      if (this.app?.lock.is === 'open') void this.call('awake', {}).catch(() => undefined);
    });
    return () => {
      stopped = true;
      stopDue();
      stopPresence();
      stopRouter();
      stopEvents?.();
    };
  }

  override setApp(app: AppState): void {
    super.setApp(app);
    if (app.lock.is !== 'open' || app.persons.length === 0) return;
    void this.connections.read();
    if (!this.#lookedForDue) {
      this.#lookedForDue = true;
      void this.syncs.startDue();
    }
    void this.asks.read();
  }

  /** Shows another person's record. Nothing of the one before is left on the screen or in what the next one sees. */
  async choosePerson(id: string): Promise<void> {
    if (id === this.person?.id) return;
    const app = await this.call('choosePerson', { person: id });
    this.connecting.clear();
    this.connections.clear();
    this.asks.clear();
    this.importing.clear();
    this.own.clear();
    this.toasts.clear();
    this.searching = false;
    this.reveal = null;
    this.timelineQuery = new URLSearchParams();
    this.router.go(href(''), { replace: true });
    this.router.begin();
    this.setApp(app);
  }

  /** A provider's records turned out to be another person's: their record is opened, and fetched at once. */
  async openGiven(person: PersonView): Promise<void> {
    await this.readApp();
    await this.choosePerson(person.id);
    this.router.go(href('providers'), { replace: true });
    this.toasts.show(t('ui-other-person-done', { name: person.name }));
    await this.connections.read();
    for (const { id, state, lastSync } of this.connections.all)
      if (state === 'connected' && lastSync === null) void this.syncs.start(id);
  }

  /** The files that were chosen are another person's: their record is opened, and the files are looked at there. */
  async lookFor(person: PersonView): Promise<void> {
    const { paths } = this.importing;
    await this.choosePerson(person.id);
    this.router.go(FILES_SCREEN, { replace: true });
    await this.importing.look(paths);
  }

  /** Puts a text where it can be pasted, and says whether that worked. */
  async copy(text: string): Promise<void> {
    if (await copyText(text)) this.toasts.show(t('ui-copied'));
    else this.toasts.show(t('ui-copy-failed'), { failed: true });
  }

  /** Locks the record. What it takes may take a moment; `#leave` is told before. */
  async lock(): Promise<void> {
    this.setApp(await this.call('lock', {}));
  }

  /** Loads the window again: of what was read, of what was typed and of the address nothing stays in it. */
  #leave(): void {
    history.replaceState(null, '', location.pathname);
    location.reload();
  }

  /** The page as it is, on paper. */
  async print(): Promise<void> {
    await this.host.print();
  }

  #heard(event: HostEvent): void {
    switch (event.is) {
      case 'connect':
        this.connecting.heard(event);
        break;
      case 'sync':
        this.syncs.heard(event);
        break;
      case 'progress':
        this.progress = {
          text: event.text,
          percent: event.percent,
          since: this.progress?.since ?? Date.now(),
          percentThen: this.progress?.percentThen ?? event.percent,
        };
        break;
      case 'news': {
        // Everybody's records are fetched, whoever is shown: what came for another is none of this window's news.
        if (event.person !== this.person?.id) break;
        const name = this.connections.find(event.connection)?.name ?? '';
        this.toasts.show(t('ui-news', { name, news: event.text }), {
          link: { to: href('providers', [event.connection]), words: t('ui-news-link') },
        });
        break;
      }
      case 'dragging':
        this.importing.dragging = event.over;
        break;
      case 'dropped':
        this.importing.dropped(event.paths);
        break;
      case 'menu':
        chosenInMenu(event.chosen, this.router);
        break;
      case 'locking':
        this.#leave();
        break;
      case 'changed':
        this.progress = null;
        this.changes += 1;
        void this.connections.read();
        void this.asks.read();
        break;
    }
  }
}

const KEY = Symbol('session');

export function provideSession(session: Session): Session {
  return setContext(KEY, session);
}

export function useSession(): Session {
  return getContext<Session>(KEY);
}
