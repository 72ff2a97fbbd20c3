// Every name on the screen that the stories look for, in one place: when a word in the product changes, it changes here.
// Names are regular expressions, because a control may say more than its word ("Mute, M").

export const paths = {
  signIn: '/sign-in',
  myDay: '/my-day',
  overview: '/overview',
  catalogue: '/programs',
  manage: '/manage/programs',
  people: '/people',
  me: '/me',
  program: (slug) => `/programs/${slug}`,
  workspace: (id) => `/manage/programs/${id}`,
  room: (session) => `/sessions/${session}/room`,
  whoCame: (session) => `/manage/sessions/${session}/attendance`,
};

export const words = {
  signIn: {
    heading: /^sign in/i,
    email: /email/i,
    password: /^password/i,
    usePassword: /use a password/i,
    go: /^sign in$/i,
    refused: /do not (fit|match)|not right|do not know/i,
  },
  setUp: {
    organisation: /organi[sz]ation/i,
    name: /your name/i,
    email: /email/i,
    password: /password/i,
    next: /next|continue|set up|finish|open the house/i,
    used: /used|not work any more|no longer/i,
  },
  link: {
    used: /not work|no longer|revoked|ask for a new/i,
  },
  day: {
    join: /^join/i,
  },
  overview: {
    goLive: /^go live/i,
  },
  lobby: {
    join: /^join/i,
    waiting: /wait|not begun|not started|starts/i,
  },
  talk: {
    chat: /^chat/i,
    write: /^write to everyone/i,
    send: /^send$/i,
    raiseHand: /^raise hand/i,
    lowerHand: /^lower hand/i,
    handsUp: /1 hand is up/i,
    breakouts: /^breakout rooms/i,
    plan: /^plan the rooms/i,
    open: /^open the rooms/i,
    inBreakout: /you are in breakout room/i,
    bringBack: /^bring everyone back now/i,
    close: /^close$/i,
  },
  room: {
    controls: /room controls/i,
    mute: /^mute/i,
    unmute: /^unmute/i,
    share: /^share/i,
    stopSharing: /^stop sharing/i,
    leave: /^leave/i,
    people: /^people/i,
    more: /^more/i,
    calm: /^calm/i,
    leaveCalm: /^leave calm view/i,
    shortcuts: /^keyboard shortcuts/i,
    changeMute: /^change: mute/i,
    end: /^end/i,
    endConfirm: /^end/i,
    ended: /ended|is over|you were there/i,
    tile: (name) => new RegExp(`^${name.replaceAll(/[^\p{L}\p{N} ]/gu, '.')}[ ,]`, 'u'),
    told: (name) => new RegExp(`${name.replaceAll(/[^\p{L}\p{N} ]/gu, '.')} muted you`, 'u'),
    talkingMuted: /you are muted\. nobody hears/i,
    muteThem: /^mute/i,
    removeThem: /^take out/i,
    removeConfirm: /^take .* out$/i,
    removed: /removed|taken out/i,
  },
  whoCame: {
    heading: /who came/i,
  },
};
