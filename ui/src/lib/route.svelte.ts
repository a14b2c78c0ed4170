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

export class Router {
  route = $state.raw(parseRoute(location.hash));

  /** Follows the address; call the returned function to stop. */
  follow(): () => void {
    const read = () => {
      this.route = parseRoute(location.hash);
    };
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }

  go(to: string, options: { replace?: boolean } = {}): void {
    if (options.replace) history.replaceState(null, '', to);
    else history.pushState(null, '', to);
    this.route = parseRoute(to);
  }
}
