// For staff: who watched a recording. Asked for when somebody wants to know.
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Loaded } from "../../../components/ui/loaded";
import { browserZone, dateOf, dayOf } from "../../../lib/times";
import { viewersQuery } from "./queries";

export function Viewers({ recordingId }: { recordingId: string }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const viewers = useQuery({ ...viewersQuery(recordingId), enabled: open });
  return (
    <details className="rp-viewers" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Trans>Who watched</Trans>
      </summary>
      {open && (
        <Loaded query={viewers} label={t`Looking who watched`}>
          {(data) =>
            data.viewers.length === 0 ? (
              <p className="muted">
                <Trans>Nobody has watched it yet.</Trans>
              </p>
            ) : (
              <ul>
                {data.viewers.map((viewer) => (
                  <li key={viewer.user_id}>
                    <b>{viewer.name}</b>{" "}
                    <span className="muted">
                      <Watched times={viewer.times} last={viewer.last_at} />
                    </span>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      )}
    </details>
  );
}

function Watched({ times, last }: { times: number; last: string }) {
  const date = dateOf(dayOf(last, browserZone()), "long");
  return <Plural value={times} one={`once, on ${date}`} other={`# times, last on ${date}`} />;
}
