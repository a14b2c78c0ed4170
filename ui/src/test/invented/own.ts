/** What can be measured at home. */
import type { OwnMeasureView } from '../../lib/api/generated/OwnMeasureView';
import { connection } from './providers';

export const measures: OwnMeasureView[] = [
  { what: 'bloodPressure', name: 'Blood pressure', units: [{ unit: 'mm[Hg]', label: 'mmHg' }] },
  {
    what: 'weight',
    name: 'Weight',
    units: [
      { unit: '[lb_av]', label: 'lb' },
      { unit: 'kg', label: 'kg' },
    ],
  },
];

/** The source of what the person added. */
export const ownSource = connection({
  id: 'c-own',
  name: 'Mabel Okonkwo (own entries)',
  mark: 'M',
  colour: 4,
  state: 'own',
  stateText: 'What you added here yourself. It stays on this computer.',
  verdict: null,
  lastSync: null,
  lastSyncText: null,
  resources: 2,
  hosts: [],
  releases: [],
  imported: true,
});
