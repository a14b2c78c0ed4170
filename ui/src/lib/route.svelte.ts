import { keptMark, markOf, type FocusMark } from './focus-mark';

/** The address within the window, `#/screen/part?name=value`: filters and the open record survive a reload. */
export interface Route {
  /** First part of the path: `timeline`. */
  screen: string;
  /** Further parts, decoded. */
  parts: string[];
  /** What follows the question mark. */
  query: URLSearchParams;
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [screen = '', ...parts] = path.split('/').map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return { screen, parts: parts.filter(Boolean), query: new URLSearchParams(query) };
}

export function href(screen: string, parts: string[] = [], query?: URLSearchParams): string {
  const path = [screen, ...parts].map(encodeURIComponent).join('/');
  const tail = query?.toString();
  return `#/${path}${tail ? `?${tail}` : ''}`;
}

/** Screens whose further parts name something else than the record that is open. */
const NO_RECORD = ['results', 'providers', 'settings', 'document'];

/** Whether a record is open at an address: beside a list, or beside results. */
function opensRecord({ screen, parts, query }: Route): boolean {
  return query.has('record') || (parts.length > 0 && !NO_RECORD.includes(screen));
}

const sameScreen = (one: Route, other: Route) =>
  one.screen === other.screen && (one.screen !== 'results' || one.parts.join('/') === other.parts.join('/'));

export class Router {
  route = $state.raw(parseRoute(location.hash));
  /** What had the focus when the address was left that was gone back to; whoever shows it takes it. */
  returning: FocusMark | null = null;

  /** The window was loaded again, or is another person's: addresses of before are none of this history. */
  #run = '';
  #at = 0;
  #addresses: string[] = [];
  #left: (FocusMark | null)[] = [];

  /** Follows the address; call the returned function to stop. */
  follow(): () => void {
    const kept = keptMark();
    this.begin();
    this.returning = kept;
    const read = () => {
      const state = history.state as { run?: string; at?: number } | null;
      // What was shown before the record was locked, or of another person, is not shown again.
      if (state?.run && state.run !== this.#run) {
        this.#write(this.#addresses[this.#at] ?? '', true);
        return;
      }
      const known = state?.run === this.#run && state.at !== this.#at ? state.at : undefined;
      // Told of an address that is shown already.
      if (known === undefined && location.hash === this.#addresses[this.#at]) return;
      this.#left[this.#at] = markOf(document.activeElement);
      if (known !== undefined) {
        this.#at = known;
        this.returning = this.#left[known] ?? null;
      } else this.#entered(location.hash);
      this.route = parseRoute(location.hash);
    };
    this.route = parseRoute(location.hash);
    const pressed = (event: MouseEvent) => {
      const link = event.target instanceof Element && event.target.closest('a.back[href^="#/"]');
      if (link && !event.defaultPrevented && this.#backBy(link.getAttribute('href') ?? ''))
        event.preventDefault();
    };
    window.addEventListener('hashchange', read);
    document.addEventListener('click', pressed);
    return () => {
      window.removeEventListener('hashchange', read);
      document.removeEventListener('click', pressed);
    };
  }

  /** Nothing that was shown before can be gone back to. */
  begin(): void {
    this.#run = crypto.randomUUID();
    this.#at = 0;
    this.#addresses = [location.hash];
    this.#left = [];
    this.returning = null;
    this.#write(location.hash, true);
  }

  go(to: string, options: { replace?: boolean } = {}): void {
    if (options.replace || to === location.hash) {
      this.#addresses[this.#at] = to;
      this.#write(to, true);
    } else {
      this.#left[this.#at] = markOf(document.activeElement);
      this.#entered(to, false);
    }
    this.route = parseRoute(to);
  }

  /** To what was shown before. */
  back(): void {
    if (this.#at > 0) history.back();
  }

  /** Forward again. */
  forward(): void {
    if (this.#at < this.#addresses.length - 1) history.forward();
  }

  /**
   * From an open record to where it was opened from, when that was another screen: whether there is such a one. Other
   * records that were opened from this one are gone by.
   */
  leaveRecord(): boolean {
    const from = this.#before((route) => sameScreen(route, this.route) && opensRecord(route));
    if (!from || sameScreen(from.route, this.route)) return false;
    history.go(from.steps);
    return true;
  }

  /** A link back, to what was shown before this screen: then it is gone back to, to where one was in it. */
  #backBy(link: string): boolean {
    const from = this.#before((route) => sameScreen(route, this.route));
    const to = parseRoute(link);
    if (!from || from.route.screen !== to.screen || from.route.parts.length > 0 || to.parts.length > 0)
      return false;
    history.go(from.steps);
    return true;
  }

  /** What was shown before, without what is passed over, and how many steps away it is. */
  #before(passed: (route: Route) => boolean): { route: Route; steps: number } | null {
    for (let to = this.#at - 1; to >= 0; to -= 1) {
      const route = parseRoute(this.#addresses[to] ?? '');
      if (!passed(route)) return { route, steps: to - this.#at };
    }
    return null;
  }

  /** Another address than the one before; one that a link led to is in the web view's history already. */
  #entered(to: string, written = true): void {
    this.#at += 1;
    this.#addresses.length = this.#left.length = this.#at;
    this.#addresses[this.#at] = to;
    this.returning = null;
    this.#write(to, written);
  }

  #write(to: string, replace: boolean): void {
    const state = { run: this.#run, at: this.#at };
    if (replace) history.replaceState(state, '', to || location.pathname);
    else history.pushState(state, '', to);
  }
}
