import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Commands } from './generated/commands';
import type { Event as HostEvent } from './generated/Event';
import type { CommandName, Host } from './host';

/** The one place that knows the window runs inside Tauri. */
export const door: Host = {
  call<C extends CommandName>(command: C, args: Commands[C]['args']): Promise<Commands[C]['result']> {
    return invoke<Commands[C]['result']>('call', { command, args });
  },
  onEvent(handler: (event: HostEvent) => void): Promise<() => void> {
    return listen<HostEvent>('wholechart', (message) => handler(message.payload));
  },
  // Not `window.print`: macOS has none in a web view, and WebKitGTK ignores it while WebDriver steers.
  print(): Promise<void> {
    return invoke('plugin:webview|print');
  },
  zoom(factor: number): Promise<void> {
    return invoke('plugin:webview|set_webview_zoom', { value: factor });
  },
};
