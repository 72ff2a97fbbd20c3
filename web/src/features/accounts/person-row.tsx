// One person in the list, with what an admin decides about them.
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { JoinLinkButtons } from "../../components/join-link-buttons";
import { Avatar } from "../../components/ui/avatar";
import { Button } from "../../components/ui/button";
import { Dialog } from "../../components/ui/dialog";
import { Failed } from "../../components/ui/loaded";
import type { Role, User } from "../../contract/types";
import { useAccount } from "../../lib/account";
import { api } from "../../lib/api";
import { useState } from "react";

export function PersonRow({ user }: { user: User }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const isMe = useAccount((account) => account.me?.id === user.id);
  const [asking, setAsking] = useState(false);
  const change = useMutation({
    mutationFn: (body: { role?: Role; active?: boolean }) =>
      api<User>("PATCH", `/users/${user.id}`, { body }),
    onSuccess: () => {
      setAsking(false);
      return queries.invalidateQueries({ queryKey: ["users"] });
    },
  });
  const { name } = user;
  return (
    <tr>
      <td>
        <div className="flex min-w-0 items-center gap-3">
          <Avatar name={name} />
          <div className="min-w-0">
            <strong className="font-semibold">{name}</strong>
            <div className="muted text-sm break-all">{user.email ?? <Trans>No email address</Trans>}</div>
          </div>
        </div>
        {change.error && !asking && <Failed error={change.error} />}
      </td>
      <td data-label={t`Role`}>
        <select
          className="input w-auto! min-w-40"
          aria-label={t`Role of ${name}`}
          value={user.role}
          disabled={isMe || change.isPending}
          onChange={(event) => change.mutate({ role: event.target.value as Role })}
        >
          <option value="participant">{t`Participant`}</option>
          <option value="instructor">{t`Instructor`}</option>
          <option value="admin">{t`Administrator`}</option>
        </select>
      </td>
      <td data-label={t`May sign in`}>
        <span className="flex flex-wrap items-center gap-3">
          {user.active ? <Trans>Yes</Trans> : <Trans>No, switched off</Trans>}
          {!isMe &&
            (user.active ? (
              <Button
                size="sm"
                onClick={() => setAsking(true)}
                aria-label={t`Switch off the account of ${name}`}
              >
                <Trans>Switch off</Trans>
              </Button>
            ) : (
              <Button
                size="sm"
                onClick={() => change.mutate({ active: true })}
                aria-label={t`Switch on the account of ${name}`}
              >
                <Trans>Switch on</Trans>
              </Button>
            ))}
        </span>
      </td>
      <td data-label={t`Join link`}>
        {user.role === "participant" ? <JoinLinkButtons user={user} /> : <Trans>For participants only</Trans>}
      </td>
      {asking && (
        <Dialog title={t`Switch off the account of ${name}?`} onClose={() => setAsking(false)}>
          <p>
            <Trans>
              {name} is signed out everywhere and cannot come in any more. Their record stays. You can switch
              it on again.
            </Trans>
          </p>
          {change.error && <Failed error={change.error} />}
          <div className="actions">
            <Button data-safe onClick={() => setAsking(false)}>
              <Trans>Keep it</Trans>
            </Button>
            <Button
              look="dangerFill"
              onClick={() => change.mutate({ active: false })}
              busy={change.isPending && <Trans>Switching off</Trans>}
            >
              <Trans>Switch off this account</Trans>
            </Button>
          </div>
        </Dialog>
      )}
    </tr>
  );
}
