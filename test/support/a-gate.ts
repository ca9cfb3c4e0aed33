/** Something to wait for until the test opens it. */
export function aGate(): { passed: Promise<void>; open: () => void } {
  let open: (() => void) | null = null;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open?.() };
}
