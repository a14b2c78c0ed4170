/** One text of a licence, and everything that comes under it. */
export interface LicenceGroup {
  /** SPDX expression. */
  licence: string;
  /** As the packages bring it; empty where they only name it. */
  text: string;
  /** Name and version of each. */
  packages: string[];
}

/** What the app is built from, as `cargo xtask licences` wrote it down. Big, so it is loaded when it is looked at. */
export async function licences(): Promise<LicenceGroup[]> {
  const list = await import('./generated/licences.json');
  return list.default;
}

/** All that comes under one licence. */
export interface Licence {
  /** SPDX expression; empty for those that few come under, which stand together. */
  name: string;
  groups: LicenceGroup[];
  packages: number;
}

/** From so many packages on a licence stands by itself: nobody tabs through hundreds of lines. */
const MANY = 3;

/** The same choice of licences, however its author wrote it down. */
function sameName(licence: string): string {
  const plain = licence
    .replace(/\s*\/\s*/g, ' OR ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.includes(' AND ') ? plain : plain.split(' OR ').sort().join(' OR ');
}

/** The most used licence first, the rare ones together at the end. */
export function byLicence(groups: LicenceGroup[]): Licence[] {
  const found = new Map<string, Licence>();
  for (const group of groups) {
    const name = sameName(group.licence);
    const licence = found.get(name) ?? { name, groups: [], packages: 0 };
    licence.groups.push(group);
    licence.packages += group.packages.length;
    found.set(name, licence);
  }
  const all = [...found.values()].sort((a, b) => b.packages - a.packages);
  const often = all.filter((licence) => licence.packages >= MANY);
  const rare = all.filter((licence) => licence.packages < MANY);
  if (rare.length < 2) return all;
  return [
    ...often,
    {
      name: '',
      groups: rare.flatMap((licence) => licence.groups),
      packages: rare.reduce((sum, licence) => sum + licence.packages, 0),
    },
  ];
}
