/** What ui.js of this folder offers, written by hand: markup in `html` is not checked, values are. */
export interface VNode { type: unknown; props: { [name: string]: unknown }; key: unknown }
export type Child = VNode | string | number | boolean | null | undefined | Child[];
export type Component<P> = (props: P) => Child;

export function html(strings: TemplateStringsArray, ...values: unknown[]): VNode;
export function h(type: unknown, props: { [name: string]: unknown } | null, ...children: unknown[]): VNode;
export function render(child: Child, parent: Element): void;
export const Fragment: Component<{ children?: Child }>;

export function useState<T>(first: T | (() => T)): [T, (next: T | ((now: T) => T)) => void];
export function useState<T>(): [T | undefined, (next: T | undefined | ((now: T | undefined) => T | undefined)) => void];
export function useEffect(run: () => void | (() => void), deps?: readonly unknown[]): void;
export function useLayoutEffect(run: () => void | (() => void), deps?: readonly unknown[]): void;
export function useRef<T>(first: T): { current: T };
export function useRef<T>(first: T | null): { current: T | null };
export function useMemo<T>(make: () => T, deps: readonly unknown[]): T;
export function useErrorBoundary(told?: (error: unknown) => void): [unknown, () => void];

export interface ReadonlySignal<T> { readonly value: T; peek(): T; subscribe(told: (value: T) => void): () => void }
export interface Signal<T> extends ReadonlySignal<T> { value: T }
export function signal<T>(value: T): Signal<T>;
export function computed<T>(make: () => T): ReadonlySignal<T>;
export function effect(run: () => void | (() => void)): () => void;
export function batch<T>(run: () => T): T;
export function untracked<T>(run: () => T): T;
