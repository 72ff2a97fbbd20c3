/** More: what has no place in the bar, and what is seldom needed. Above the bar on a desk, a sheet on a phone. */
import { Trans, useLingui } from "@lingui/react/macro";
import {
  ALargeSmall,
  Check,
  Keyboard,
  ListChecks,
  PictureInPicture2,
  Settings2,
  Split,
  Timer,
} from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import type { Pip } from "../hooks/use-pip";
import { useEngine, useRoom } from "../hooks/use-room";
import { useKeyName } from "../hooks/use-shortcuts";
import type { Dialog } from "./control-bar";
import { NotNow, type RoomControl } from "./controls";
import { Unread } from "./panel";
import { useRecordChoice } from "./recording/record-dialog";
import { RoomDialog } from "./room-dialog";
import { useThrifts } from "./thrift";
import { useViews, type ViewProps } from "./views";

interface Props {
  controls: RoomControl[];
  /** Given where the header has no place for them. */
  views: ViewProps | null;
  pip: Pip;
  onDevices: () => void;
  onShortcuts: () => void;
  onCaptions: () => void;
  /** Opens what only those who lead have. */
  onLead: (dialog: Dialog) => void;
  /** For hosts: who may do what. */
  onRules: () => void;
  onClose: () => void;
}

export function MoreDialog(props: Props) {
  const { controls, views, pip, onDevices, onShortcuts, onCaptions, onLead, onRules, onClose } = props;
  const { t } = useLingui();
  const keyName = useKeyName();
  const host = useRoom((state) => state.you?.host ?? false);
  const record = useRecordChoice(() => onLead("record"));
  const then = (act: () => void) => () => {
    onClose();
    act();
  };
  return (
    <RoomDialog
      look="menu"
      title={<Trans>More</Trans>}
      onClose={onClose}
      actions={
        <button type="button" className="lr-choice" onClick={onClose}>
          <Trans>Close</Trans>
        </button>
      }
    >
      <div ref={useArrowKeys()} className="lr-more">
        {controls.map((control) => (
          <Choice
            key={control.id}
            icon={control.icon}
            word={control.word}
            keyName={keyName(control.shortcut)}
            pressed={control.pressed}
            danger={control.look === "danger"}
            shut={control.shut}
            onPress={then(control.press)}
          >
            {control.unread !== undefined && control.unread > 0 && <Unread count={control.unread} />}
          </Choice>
        ))}
        {host && (
          <div className="lr-more-group" role="group" aria-label={t`For hosts`}>
            <Choice icon={record.icon} word={record.word} onPress={then(record.press)} />
            <Choice icon={<ListChecks />} word={t`Who may do what`} onPress={then(onRules)} />
            <Choice icon={<Timer />} word={t`Timer for everyone`} onPress={then(() => onLead("timer"))} />
            <Choice icon={<Split />} word={t`Breakout rooms`} onPress={then(() => onLead("breakouts"))} />
          </div>
        )}
        {views && <ViewChoices {...views} onView={(view) => then(() => views.onView(view))()} />}
        <ThriftChoices onDone={onClose} />
        {pip.kind && (
          <Choice
            icon={<PictureInPicture2 />}
            word={pip.open ? t`Close the small window` : t`Picture in a small window`}
            onPress={then(pip.toggle)}
          />
        )}
        <Choice icon={<Settings2 />} word={t`Check camera and sound`} onPress={then(onDevices)} />
        <Choice icon={<ALargeSmall />} word={t`Caption settings`} onPress={then(onCaptions)} />
        <Choice
          icon={<Keyboard />}
          word={t`Keyboard shortcuts`}
          keyName={keyName("list")}
          onPress={then(onShortcuts)}
        />
      </div>
    </RoomDialog>
  );
}

function ViewChoices({ view, sharing, onView }: ViewProps) {
  const { t } = useLingui();
  const views = useViews(sharing);
  return (
    <div className="lr-more-group" role="group" aria-label={t`View`}>
      {views.map((choice) => (
        <Choice
          key={choice.view}
          icon={choice.icon}
          word={choice.word}
          pressed={choice.view === view}
          onPress={() => onView(choice.view)}
        />
      ))}
    </div>
  );
}

function ThriftChoices({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  const engine = useEngine();
  const now = useRoom((state) => state.thrift);
  const thrifts = useThrifts();
  return (
    <div className="lr-more-group" role="group" aria-label={t`Pictures`}>
      {thrifts.map(({ thrift, icon, word }) => (
        <Choice
          key={thrift}
          icon={icon}
          word={word}
          pressed={thrift === now}
          onPress={() => {
            onDone();
            void engine.setThrift(thrift);
          }}
        />
      ))}
    </div>
  );
}

interface ChoiceProps {
  icon: ReactNode;
  word: string;
  keyName?: string | undefined;
  pressed?: boolean | undefined;
  danger?: boolean;
  shut?: boolean | undefined;
  onPress: () => void;
  children?: ReactNode;
}

export function Choice({
  icon,
  word,
  keyName,
  pressed,
  danger = false,
  shut,
  onPress,
  children,
}: ChoiceProps) {
  return (
    <button
      type="button"
      className="lr-more-choice"
      data-danger={danger}
      aria-pressed={pressed}
      aria-disabled={shut ? true : undefined}
      aria-keyshortcuts={keyName}
      onClick={onPress}
    >
      <span className="lr-icon" aria-hidden="true">
        {icon}
      </span>
      <span className="lr-grow">{word}</span>
      {shut && <NotNow />}
      {children}
      {pressed && <Check className="lr-icon" aria-hidden="true" />}
      {keyName && <kbd aria-hidden="true">{keyName}</kbd>}
    </button>
  );
}

/** Tab goes along the choices too; the arrow keys are the quicker way, from the dialog's heading on. */
function useArrowKeys() {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const dialog = list.current?.closest("dialog");
    const press = (event: KeyboardEvent) => {
      const choices = [...(list.current?.querySelectorAll<HTMLElement>(".lr-more-choice") ?? [])];
      const at = choices.indexOf(document.activeElement as HTMLElement);
      const to = { ArrowDown: at + 1, ArrowUp: Math.max(at, 0) - 1, Home: 0, End: choices.length - 1 }[
        event.key
      ];
      if (to === undefined) return;
      event.preventDefault();
      choices.at(to % choices.length)?.focus();
    };
    dialog?.addEventListener("keydown", press);
    return () => dialog?.removeEventListener("keydown", press);
  }, []);
  return list;
}
