// The two hills at the foot of the sky.
export function Hills() {
  return (
    <svg className="hills" viewBox="0 0 1440 58" preserveAspectRatio="none" aria-hidden focusable="false">
      <path d="M0 30C220 2 420 6 640 26S1080 52 1440 16V58H0z" fill="var(--hill-1)" />
      <path d="M0 46C260 24 520 30 760 42S1200 50 1440 34V58H0z" fill="var(--ground)" />
    </svg>
  );
}
