import { isMac, takesText } from './keys';
import { href, type Router } from './route.svelte';

/**
 * What was chosen in the window's menu bar: `key p` as if the key had been pressed as a command, `go people` an address,
 * `edit copy` with what is selected or typed.
 */
export function chosenInMenu(chosen: string, router: Pick<Router, 'go'>): void {
  const [what, said = ''] = chosen.split(' ', 2);
  const at = document.activeElement ?? document.body;
  if (what === 'go') {
    if (!document.querySelector('dialog[open]')) router.go(href(...asAddress(said)));
  } else if (what === 'edit' && (said !== 'undo' || takesText(at))) {
    document.execCommand(said);
  } else press(at, said === 'undo' ? 'z' : said);
}

function asAddress(said: string): [string, string[]] {
  const [screen = '', ...parts] = said.split('/');
  return [screen, parts];
}

/** The page answers the key as it does when it is pressed. */
function press(at: Element, key: string): void {
  const command = key !== '?';
  at.dispatchEvent(
    new KeyboardEvent('keydown', {
      key,
      ctrlKey: command && !isMac(),
      metaKey: command && isMac(),
      bubbles: true,
      cancelable: true,
    }),
  );
}
