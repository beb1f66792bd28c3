import { type Place, shellQuoted } from '../links';
import type { ScheduleIdentity } from './schedule-view';

/** A schedule's id, with where else to look at it. */
export function identifySchedule(place: Place, id: string): ScheduleIdentity {
  const { uiUrl, namespace, address } = place;
  return {
    id,
    links: {
      ui: `${uiUrl}/namespaces/${encodeURIComponent(namespace)}/schedules/${encodeURIComponent(id)}`,
    },
    temporalCommand: `temporal schedule describe --schedule-id ${id} --namespace ${shellQuoted(namespace)} --address ${shellQuoted(address)}`,
  };
}
