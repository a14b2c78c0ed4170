/** The key that commands begin with: Cmd on a Mac, where Ctrl moves the cursor in a text; Ctrl elsewhere. */
export function isMac(): boolean {
  return navigator.userAgent.includes('Mac OS X');
}

/** That key as it is written on the keyboard. */
export function commandName(): string {
  return isMac() ? '⌘' : 'Ctrl';
}

/** Whether a key is pressed as a command, and with nothing else that would make it another one. */
export function isCommand(event: KeyboardEvent): boolean {
  const [wanted, other] = isMac() ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  return wanted && !other && !event.altKey;
}

/** Back to what was shown before, and forward again: Alt with an arrow, on a Mac Cmd with a bracket. */
export function backOrForward(event: KeyboardEvent): 'back' | 'forward' | null {
  if (event.shiftKey) return null;
  const keys = isMac() ? ['[', ']'] : ['ArrowLeft', 'ArrowRight'];
  const held = isMac() ? isCommand(event) : event.altKey && !event.ctrlKey && !event.metaKey;
  const at = held ? keys.indexOf(event.key) : -1;
  return at < 0 ? null : at === 0 ? 'back' : 'forward';
}

/** Whether what is typed belongs to the element: a field, or a choice that is gone through by letters. */
export function takesText(element: EventTarget | null): boolean {
  return element instanceof Element && element.closest('input, select, textarea, [contenteditable]') !== null;
}
