// One short word about what was done, at the bottom inline start; never the only place of an error.
import { useEffect } from "react";
import { create } from "zustand";

const useToast = create<{ text: string | null }>(() => ({ text: null }));

export function say(text: string): void {
  useToast.setState({ text });
}

export function Toasts() {
  const text = useToast((state) => state.text);
  useEffect(() => {
    if (!text) return;
    const timer = setTimeout(() => useToast.setState({ text: null }), 8_000);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div className="toasts" role="status">
      {text && <p className="toast">{text}</p>}
    </div>
  );
}
