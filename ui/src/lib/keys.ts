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

/** Whether what is typed belongs to the element: a field, or a choice that is gone through by letters. */
export function takesText(element: EventTarget | null): boolean {
  return element instanceof Element && element.closest('input, select, textarea, [contenteditable]') !== null;
}
