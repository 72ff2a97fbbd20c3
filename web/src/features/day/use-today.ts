// Today in the person's own zone, and the time as it goes on.
import { useAccount } from "../../lib/account";
import { useNow } from "../../lib/clock";
import { browserZone, dayOf, showSameTime } from "../../lib/times";

export function useToday() {
  const now = useNow();
  const zone = useAccount((account) => account.me?.time_zone) ?? browserZone();
  return { now, zone, today: dayOf(now, zone), isForeign: !showSameTime(zone, browserZone(), now) };
}
