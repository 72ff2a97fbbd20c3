// The sky beside the front door: the organisation, a greeting, the time.
import { Trans } from "@lingui/react/macro";

import { Organisation } from "../../components/brand";
import { Hills } from "../../components/hills";
import { useNow } from "../../lib/clock";
import { browserZone, dateOf, dayOf, minutesOfDay, partOfDay, timeOf } from "../../lib/times";

export function SkySide() {
  const now = useNow();
  const zone = browserZone();
  const part = partOfDay(minutesOfDay(now, zone));
  const date = dateOf(dayOf(now, zone), "long");
  const time = timeOf(now, zone);
  return (
    <header className="auth-side sky">
      <a href="/" className="org">
        <Organisation />
      </a>
      <div className="greeting mt-auto pb-24 pt-8">
        <p className="auth-greeting">
          {part === "morning" && <Trans>Good morning.</Trans>}
          {part === "afternoon" && <Trans>Good afternoon.</Trans>}
          {part === "evening" && <Trans>Good evening.</Trans>}
        </p>
        <p className="text-lg">
          <Trans>
            It is {date}, {time}.
          </Trans>
        </p>
      </div>
      <Hills />
    </header>
  );
}
