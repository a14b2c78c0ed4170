import type { Host } from './api/host';
import type { Settings } from './api/generated/Settings';

/** Sizes to choose from, in per cent. */
export const TEXT_SIZES: readonly number[] = [100, 110, 125, 150, 175, 200];

const wantsContrast = typeof matchMedia === 'function' ? matchMedia('(prefers-contrast: more)') : null;
let chosen: Settings | null = null;
let zoomed = 1;
wantsContrast?.addEventListener('change', dress);

function dress(): void {
  if (!chosen) return;
  const root = document.documentElement;
  root.style.colorScheme = chosen.theme === 'system' ? 'light dark' : chosen.theme;
  // The system's wish counts too: whoever needs it set it there.
  if (chosen.highContrast || wantsContrast?.matches) root.dataset.contrast = 'more';
  else delete root.dataset.contrast;
}

/** Looks as chosen, from now on. */
export function wear(settings: Settings, host: Pick<Host, 'zoom'>): void {
  chosen = settings;
  dress();
  // The whole page grows, so that every rule about narrow windows holds; a bigger font alone would not tell them. A page
  // loaded anew keeps its size, and is not laid out twice to be told so.
  const factor = settings.textSize / 100;
  if (factor !== zoomed) void host.zoom(factor).catch(() => undefined);
  zoomed = factor;
}

/** The next size up or down from one. */
export function stepped(size: number, step: 1 | -1): number {
  const sizes = step === 1 ? TEXT_SIZES : TEXT_SIZES.toReversed();
  return sizes.find((one) => (one - size) * step > 0) ?? size;
}
