// One mail: its text, what became of it, and once more.
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { Banner } from "../../components/ui/banner";
import { Button } from "../../components/ui/button";
import { Dialog } from "../../components/ui/dialog";
import { Failed, Loaded } from "../../components/ui/loaded";
import type { MailText } from "../../contract/types";
import { api, Refused } from "../../lib/api";
import { MailState } from "./mail-state";
import { useMoment } from "./moment";

interface Props {
  id: string;
  /** Whether there is anything to send mails with. */
  delivers: boolean;
  onClose: () => void;
}

export function MailSheet({ id, delivers, onClose }: Props) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const mail = useQuery({
    queryKey: ["mail", id],
    queryFn: () => api<MailText>("GET", `/mails/${id}`),
    // One that is under way is there in a moment.
    refetchInterval: ({ state }) => delivers && state.data?.state === "waiting" && 3000,
  });
  const again = useMutation({
    mutationFn: () => api<MailText>("POST", `/mails/${id}/retry`),
    onSuccess: (answer) => {
      queries.setQueryData(["mail", id], answer);
      return queries.invalidateQueries({ queryKey: ["mails"] });
    },
  });
  return (
    <Dialog kind="sheet" title={mail.data?.subject ?? t`Mail`} onClose={onClose}>
      <Loaded query={mail} label={t`Loading the mail`}>
        {(mail) => (
          <div className="grid gap-4">
            <About mail={mail} />
            {mail.text === null ? <Hidden /> : <p className="card whitespace-pre-wrap">{mail.text}</p>}
            {again.error && <Problem error={again.error} />}
            {delivers && mail.state !== "sent" && (
              <div className="actions">
                <Button
                  look="primary"
                  onClick={() => again.mutate()}
                  busy={again.isPending && <Trans>Trying</Trans>}
                >
                  <Trans>Try to send it again</Trans>
                </Button>
              </div>
            )}
          </div>
        )}
      </Loaded>
    </Dialog>
  );
}

function About({ mail }: { mail: MailText }) {
  const moment = useMoment();
  const { name, to } = mail;
  return (
    <>
      <p className="break-words">
        <Trans>
          To {name}, {to}
        </Trans>
      </p>
      <p className="flex flex-wrap items-center gap-3" role="status">
        <MailState state={mail.state} />
        <span className="muted">{moment(mail.sent_at ?? mail.created_at)}</span>
      </p>
      {mail.last_error && (
        <Banner look="warn">
          <Trans>The mail server said:</Trans>{" "}
          <span lang="en" className="break-words">
            {mail.last_error}
          </span>
        </Banner>
      )}
    </>
  );
}

function Hidden() {
  return (
    <Banner>
      <Trans>This mail holds a link that opens an account. Only the person it is for reads it.</Trans>
    </Banner>
  );
}

function Problem({ error }: { error: Error }) {
  if (!(error instanceof Refused) || error.type !== "mail-ran-out") return <Failed error={error} />;
  return (
    <Banner look="bad" role="alert">
      <Trans>The link in this mail has run out. The person can ask for a new one.</Trans>
    </Banner>
  );
}
