// A day and a time in words, on the clock of whoever reads.
import { useLingui } from "@lingui/react/macro";

import { useAccount } from "../../lib/account";
import { browserZone, dateOf, dayOf, timeOf } from "../../lib/times";

export function useMoment(): (at: string) => string {
  const { t } = useLingui();
  const zone = useAccount((account) => account.me?.time_zone) ?? browserZone();
  return (at) => {
    const [day, time] = [dateOf(dayOf(at, zone), "dayMonth"), timeOf(at, zone)];
    return t`${day}, ${time}`;
  };
}
