/** The stage: everyone, one large with a strip, or a shared screen with a strip. Tells the engine what can be seen. */
import { Trans, useLingui } from "@lingui/react/macro";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { lazy, memo, type ReactNode, Suspense, useEffect, useMemo, useState } from "react";
import type { Person, SeatId, WatchedTile } from "../engine/protocol";
import { useKeptFocus } from "../hooks/use-kept-focus";
import { useEngine, useRoom } from "../hooks/use-room";
import type { Showing } from "../hooks/use-showing";
import { type Shape, useSize } from "../hooks/use-size";
import {
  hasLead,
  largest,
  onStage,
  pageOf,
  sharers,
  spotlit,
  stripOrder,
  together,
  type View,
} from "../layout/cast";
import { type Box, GAP, type Grid, gridFor, pageSize, startOf } from "../layout/grid";
import { Banner } from "./banner";
import { CaptionStrip } from "./captions/caption-strip";
import { BreakoutStrip } from "./leading/breakout-strip";
import type { Side } from "../board/side-list";
import { StageTabs } from "./documents/stage-tabs";
import { SharedScreen } from "./shared-screen";
import type { TabId } from "./tabs";
import { ThriftNote } from "./thrift";
import { TileField } from "./tile-field";

/** Boards and notes are loaded when somebody looks. */
const DocumentStage = lazy(() => import("./documents/document-stage"));

interface Props {
  view: View;
  shape: Shape;
  pinned: SeatId | null;
  showing: Showing;
  /** The panel, for what stands beside a board. */
  side: Side;
  onOpen: (seat: SeatId) => void;
  onView: (view: View) => void;
  /** Opens a tab of the panel. */
  onTab: (id: TabId) => void;
  /** Opens the settings of the captions. */
  onCaptions: () => void;
}

export const Stage = memo(function Stage(props: Props) {
  const { t } = useLingui();
  const [field, size] = useSize<HTMLElement>();
  useKeptFocus(field);
  return (
    <main ref={field} id="main" className="lr-stage" aria-label={t`Stage`} data-region tabIndex={-1}>
      <BreakoutStrip />
      <ThriftNote />
      <Banner onTab={props.onTab} />
      {size.width > 0 && <Scene {...props} />}
      <CaptionStrip onSettings={props.onCaptions} />
      {props.shape === "phone" && props.view !== "calm" && (
        <Foot view={props.view} document={props.showing.document} onView={props.onView} />
      )}
    </main>
  );
});

/** On a phone: how many of the people can be seen, and the way to the others. */
function Foot({ view, document, onView }: Pick<Props, "view" | "onView"> & Pick<Showing, "document">) {
  const count = useRoom((state) => together(state).length);
  const sharing = useRoom((state) => sharers(state).length > 0);
  const shown = Math.min(count, sharing || document ? SCREEN_STRIP.phone : 1 + STRIP.phone);
  return (
    <p className="lr-foot">
      <span>
        {view === "speaker" && shown < count && (
          <Trans>
            {shown} of {count} people shown
          </Trans>
        )}
      </span>
      <button
        type="button"
        className="lr-link"
        onClick={() => onView(view === "speaker" ? "everyone" : "speaker")}
      >
        {view === "speaker" ? (
          <Trans>See everyone</Trans>
        ) : document?.kind === "board" ? (
          <Trans>See the board</Trans>
        ) : document ? (
          <Trans>See the notes</Trans>
        ) : sharing ? (
          <Trans>See the screen</Trans>
        ) : (
          <Trans>See one large</Trans>
        )}
      </button>
    </p>
  );
}

function Scene({ view, shape, pinned: wish, showing, side, onOpen }: Props) {
  const people = useRoom((state) => state.people);
  const you = useRoom((state) => state.you);
  const lastSpeaker = useRoom((state) => state.lastSpeaker);
  const ownScreen = useRoom((state) => state.screen);
  const desk = useRoom((state) => state.desk);
  const cast = { people, you, lastSpeaker, screen: ownScreen, desk };
  const order = onStage(cast);
  const shown = sharers(cast);
  const [chosen, choose] = useState<SeatId | null>(null);
  const sharer = shown.find((person) => person.seat_id === chosen) ?? shown[0] ?? null;
  const own = order.some((person) => person.seat_id === wish) ? wish : null;
  const large = own ?? largest(cast);
  const common = { order, you: you?.seat_id ?? null, pinned: own, onOpen, shape };

  const { document } = showing;
  const screen = document ? null : sharer;
  const tabs = (
    <StageTabs showing={showing} sharers={shown} sharer={screen?.seat_id ?? null} onSharer={choose} />
  );
  const content = document ? (
    <Suspense>
      <DocumentStage
        document={document}
        tabs={tabs}
        shape={shape}
        calm={view === "calm"}
        side={view === "calm" ? undefined : side}
      />
    </Suspense>
  ) : (
    screen && <SharedScreen sharer={screen} tabs={tabs} />
  );
  if (view === "calm") return <CalmStage {...common} content={content} sharer={screen} large={large} />;
  // While there is something to be seen, the large place is its.
  if (content && view === "speaker" && !own) {
    return (
      <WithStrip
        {...common}
        size={SCREEN_STRIP[shape]}
        strip={stripOrder(cast, null, SCREEN_STRIP[shape])}
        watched={(box) => (screen ? [{ seat_id: screen.seat_id, source: "screen", height: box.height }] : [])}
        main={content}
        isDocument={document !== null}
      />
    );
  }
  const stage =
    view === "speaker" || own ? (
      <SpeakerStage {...common} large={large} strip={stripOrder(cast, large, STRIP[shape])} />
    ) : (
      <EveryoneStage {...common} feature={shape !== "phone" && hasLead(order, you, spotlit(cast))} />
    );
  // The way back to what else there is, once somebody was there.
  const back = !content && !own && showing.touched;
  return (
    <>
      {back && <div className="lr-share-head">{tabs}</div>}
      {stage}
    </>
  );
}

interface Common {
  order: Person[];
  you: SeatId | null;
  pinned: SeatId | null;
  shape: Shape;
  onOpen: (seat: SeatId) => void;
}

function EveryoneStage({ order, you, pinned, feature, shape, onOpen }: Common & { feature: boolean }) {
  const [field, box] = useSize<HTMLDivElement>();
  const [wanted, setWanted] = useState(0);
  const gap = shape === "desk" ? GAP : 8;
  const saving = useRoom((state) => state.thrift === "save");
  const { items, page, pages } = pageOf(
    order,
    Math.min(pageSize(box, gap), saving ? SAVING.page : Infinity),
    wanted,
  );
  const grid = gridFor(box, items.length, feature && page === 0, gap);
  const { columns, rows, featured } = grid;
  const places = usePlaces(items.length, columns, featured);
  useWatch(
    items.map((person, index) => {
      const times = grid.featured && index === 0 ? 2 : 1;
      return tileWatch(person, {
        width: grid.tile.width * times,
        height: grid.tile.height * times,
      });
    }),
    you,
  );
  return (
    <>
      <div ref={field} className="lr-field">
        {box.width > 0 && (
          <TileField
            people={items}
            you={you}
            pinned={pinned}
            className="lr-grid"
            style={{
              gridTemplateColumns: `repeat(${columns * 2}, minmax(0, 1fr))`,
              gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))`,
              // Between two half columns of one tile there is half a gap on each side.
              columnGap: gap,
              rowGap: gap,
            }}
            places={places}
            arrangement={`everyone ${columns}×${rows} ${featured} ${page}`}
            onOpen={onOpen}
          />
        )}
      </div>
      {pages > 1 && <Pages page={page} pages={pages} onPage={setWanted} />}
    </>
  );
}

/** The same objects as long as the grid is the same: a tile of which nothing changed is not drawn again. */
function usePlaces(count: number, columns: number, featured: boolean) {
  return useMemo(
    () => Array.from({ length: count }, (_, index) => placeOf(index, count, { columns, featured })),
    [count, columns, featured],
  );
}

function placeOf(index: number, count: number, grid: Pick<Grid, "columns" | "featured">) {
  if (grid.featured)
    return index === 0 ? { gridColumn: "1 / span 4", gridRow: "1 / span 2" } : { gridColumn: "span 2" };
  return { gridColumn: `${startOf(index, count, grid)} / span 2` };
}

function SpeakerStage({ large, strip, ...rest }: Common & { large: SeatId | null; strip: Person[] }) {
  const [field, box] = useSize<HTMLDivElement>();
  const first = rest.order.filter((person) => person.seat_id === large);
  return (
    <WithStrip
      {...rest}
      strip={strip}
      size={STRIP[rest.shape]}
      watched={() => first.map((person) => tileWatch(person, box))}
      main={
        <div ref={field} className="lr-field">
          <TileField
            people={first}
            you={rest.you}
            pinned={rest.pinned}
            className="lr-large"
            arrangement={`speaker ${large}`}
            onOpen={rest.onOpen}
          />
        </div>
      }
    />
  );
}

interface CalmProps extends Common {
  large: SeatId | null;
  /** The screen or the document that is to be seen. */
  content: ReactNode;
  sharer: Person | null;
}

/** One picture: the screen that is shared or the board, else the person who speaks. What is said in writing comes below it. */
function CalmStage({ large, content, sharer, ...rest }: CalmProps) {
  const [field, box] = useSize<HTMLDivElement>();
  const one = rest.order.filter((person) => person.seat_id === large);
  const watched = sharer
    ? [{ seat_id: sharer.seat_id, source: "screen" as const, height: box.height }]
    : content
      ? []
      : one.map((person) => tileWatch(person, box));
  useWatch(watched, rest.you);
  return (
    <div ref={field} className="lr-main">
      {content ?? (
        <div className="lr-field">
          <TileField
            people={one}
            you={rest.you}
            pinned={rest.pinned}
            className="lr-large"
            arrangement={`calm ${large}`}
            onOpen={rest.onOpen}
          />
        </div>
      )}
    </div>
  );
}

interface StripProps extends Common {
  strip: Person[];
  /** How many of them are shown at a time. */
  size: number;
  main: ReactNode;
  /** On a phone a board needs more room than a screen does. */
  isDocument?: boolean;
  watched: (box: Box) => WatchedTile[];
}

/** How many small tiles stand beside the large one, by the shape of the room. */
const STRIP: Record<Shape, number> = {
  desk: 5,
  tablet: 4,
  phone: 4,
  landscape: 3,
};
/** How many tiles at most while saving data. */
const SAVING = { page: 6, strip: 2 };
/** A screen needs its room on a phone: text on it must be read. */
const SCREEN_STRIP: Record<Shape, number> = { ...STRIP, phone: 2 };

function WithStrip({ strip, size: most, main, isDocument, watched, you, pinned, shape, onOpen }: StripProps) {
  const saving = useRoom((state) => state.thrift === "save");
  const size = saving ? Math.min(most, SAVING.strip) : most;
  const [stage, box] = useSize<HTMLDivElement>();
  const [row, rowBox] = useSize<HTMLDivElement>();
  const [wanted, setWanted] = useState(0);
  const { items, page, pages } = pageOf(strip, size, wanted);
  const across = shape === "phone" ? 2 : shape === "landscape" ? 1 : size;
  // Where space is short, the Everyone view is the way to the others.
  const turns = pages > 1 && (shape === "desk" || shape === "tablet");
  const down = Math.max(1, Math.ceil(items.length / across));
  const small = { width: rowBox.width / across, height: rowBox.height / down };
  useWatch([...watched(box), ...items.map((person) => tileWatch(person, small))], you);
  return (
    <div className="lr-with-strip" data-strip={items.length > 0} data-rows={down} data-document={isDocument}>
      <div ref={stage} className="lr-main">
        {main}
      </div>
      {items.length > 0 && (
        <div className="lr-strip">
          {turns && <Turn back page={page} pages={pages} onPage={setWanted} />}
          <div ref={row} className="lr-strip-field">
            <TileField
              people={items}
              you={you}
              pinned={pinned}
              className="lr-strip-tiles"
              style={{
                gridTemplateColumns: `repeat(${across}, minmax(0, 1fr))`,
              }}
              arrangement={`strip ${page}`}
              onOpen={onOpen}
            />
          </div>
          {turns && <Turn page={page} pages={pages} onPage={setWanted} />}
        </div>
      )}
    </div>
  );
}

interface PagesProps {
  page: number;
  pages: number;
  onPage: (page: number) => void;
}

function Pages(props: PagesProps) {
  const [now, all] = [props.page + 1, props.pages];
  return (
    <div className="lr-pages">
      <Turn back {...props} />
      <span>
        <Trans>
          Page {now} of {all}
        </Trans>
      </span>
      <Turn {...props} />
    </div>
  );
}

function Turn({ back = false, page, pages, onPage }: PagesProps & { back?: boolean }) {
  const { t } = useLingui();
  const to = back ? page - 1 : page + 1;
  const there = to >= 0 && to < pages;
  const name = back ? t`People before` : t`More people`;
  return (
    <button
      type="button"
      className="lr-icon-button"
      aria-label={name}
      title={name}
      aria-disabled={!there}
      onClick={() => there && onPage(to)}
    >
      {back ? <ChevronLeft className="lr-mirror" /> : <ChevronRight className="lr-mirror" />}
    </button>
  );
}

/** The picture height a tile needs so that its filled shape is sharp, in whole steps so that a pixel is no news. */
function tileWatch(person: Person, { width, height }: Box): WatchedTile {
  const filled = Math.max(height, (width * 9) / 16);
  return { seat_id: person.seat_id, source: "camera", height: filled };
}

function useWatch(tiles: WatchedTile[], you: SeatId | null): void {
  const engine = useEngine();
  const scaled = tiles
    .filter((tile) => tile.seat_id !== you)
    .map((tile) => ({
      ...tile,
      height: Math.ceil((tile.height * devicePixelRatio) / 20) * 20,
    }));
  const text = JSON.stringify(scaled);
  useEffect(() => engine.watch(JSON.parse(text) as WatchedTile[]), [engine, text]);
}
