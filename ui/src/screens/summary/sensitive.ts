import type { Printing } from '../../lib/api/generated/Printing';
import type { SensitiveKind } from '../../lib/api/generated/SensitiveKind';

/** The choices with a decision on whether what is sensitive in this way is printed. */
export function deciding(printing: Printing, kind: SensitiveKind, printed: boolean): Printing {
  const others = (kinds: SensitiveKind[]) => kinds.filter((one) => one !== kind);
  return {
    ...printing,
    withSensitive: [...others(printing.withSensitive), ...(printed ? [kind] : [])],
    withoutSensitive: [...others(printing.withoutSensitive), ...(printed ? [] : [kind])],
  };
}
