// A new program begins as a draft that only staff see.
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { Button } from "../../components/ui/button";
import { Dialog } from "../../components/ui/dialog";
import { Failed } from "../../components/ui/loaded";
import type { Program } from "../../contract/types";
import { useAccount } from "../../lib/account";
import { api } from "../../lib/api";
import { formatLocale } from "../../lib/i18n";
import { browserZone } from "../../lib/times";
import { currencyFor } from "./price";
import { type ProgramAnswers, programBody, ProgramForm } from "./program-form";

export function NewProgram({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const zone = useAccount((account) => account.me?.time_zone) ?? browserZone();
  const currency = useUsualCurrency();
  const make = useMutation({
    mutationFn: (answers: ProgramAnswers) =>
      api<Program>("POST", "/programs", { body: programBody(answers) }),
    onSuccess: async (program) => {
      await queries.invalidateQueries({ queryKey: ["programs"] });
      await navigate({ to: "/manage/programs/$id", params: { id: program.id } });
    },
  });
  return (
    <Dialog kind="sheet" title={t`New program`} onClose={onClose}>
      <ProgramForm
        defaults={{
          title: "",
          summary: "",
          description: "",
          kind: "workshop",
          visibility: "public",
          time_zone: zone,
          capacity: "",
          price: "",
          currency,
          join_minutes_before: "10",
          waiting_room: false,
          guests: false,
          recording_days: "30",
          icon: "star",
          tone: "sky",
        }}
        error={make.error}
        onSubmit={(answers) => make.mutate(answers)}
      >
        {make.error && <Failed error={make.error} />}
        <p className="muted text-sm">
          <Trans>It begins as a draft. Only staff see it until you publish it.</Trans>
        </p>
        <div className="actions">
          <Button type="submit" look="primary" busy={make.isPending && <Trans>Making it</Trans>}>
            <Trans>Make this program</Trans>
          </Button>
          <Button onClick={onClose}>
            <Trans>Not now</Trans>
          </Button>
        </div>
      </ProgramForm>
    </Dialog>
  );
}

/** That of the newest program that is known here; else the one of where the person is. */
function useUsualCurrency(): string {
  const queries = useQueryClient();
  const lists = queries.getQueriesData<Program[]>({ queryKey: ["programs"] });
  const newest = lists
    .flatMap(([, programs]) => programs ?? [])
    .sort((a, b) => b.created_at.localeCompare(a.created_at))[0];
  return newest?.currency ?? currencyFor(formatLocale());
}
