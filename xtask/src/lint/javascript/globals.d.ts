// Globals that the shipped scripts share, and generated modules. Only for `tsc` (javascript.rs).

/** Returns a message in the current language (settings.js). */
declare var words: (key: string, values?: string[]) => string;

/** The preferences (settings.js). */
declare var preferences: {
  get(name: string): string | undefined;
  set(name: string, value: string): Promise<void>;
  readonly ready: Promise<void>;
  again(): Promise<void>;
  locale(): string;
  nameOf(language: string): string;
};

/** The requests that popup.js sends before the wasm is loaded (src/webext/bootstrap.rs). */
declare var bootstrap: {
  tab: number | undefined;
  reply: Promise<object>;
  stored: Promise<Record<string, unknown>>;
  active: Promise<number | undefined>;
  begin(): void;
  crashed(): void;
};

/** The popup's program, compiled while the background was idle (background.js); only in Firefox. */
declare var popupProgram: WebAssembly.Module | undefined;
interface Window {
  popupProgram?: WebAssembly.Module;
}

/** The practice page, as the practice inspector accesses it (practice/page.js). */
declare var practice: {
  tab: object;
  follow(then: (seen: object) => void): void;
  news(more: Record<string, unknown>): void;
  answer(message: Record<string, any>): Promise<object>;
};
interface Window {
  practice: typeof practice;
  words: typeof words;
}

/** The page's SDK. */
declare var Upscope: any;

/** Firefox's sidebar, the counterpart of Chromium's side panel. */
declare namespace chrome {
  const sidebarAction: { open(): Promise<void> };
}

// The modules that wasm-bindgen generates. Its own declarations exist only after a build.
declare module "*/wasm/popup/popup.js" {
  export default function init(source?: object): Promise<unknown>;
  export function popup(): void;
}

/** Runs in pages, with JSON text as its argument and result. */
declare module "*/page/probe.js" {
  export function probe(ask?: string, by?: number, id?: number): any;
}

declare module "*/wasm/background/background.js" {
  type Probe = (...args: any[]) => any;
  export default function init(): Promise<unknown>;
  export function answer(message: object, probe: Probe): Promise<object>;
  export function badge(tab: number): Promise<void>;
  export function checkSites(): Promise<void>;
  export function follow(removed: number, added: number): Promise<void>;
  export function forget(tab: number): Promise<void>;
  export function permissionGranted(): Promise<void>;
  export function resume(): Promise<void>;
  export function takeBatch(batch: unknown, sender: unknown): Promise<unknown>;
}

/** A message of `_locales`. */
interface Message {
  message: string;
  placeholders?: Record<string, { content: string }>;
}

// The scripts in pages create dictionaries without a prototype, so that properties of a page's `Object.prototype` have
// no effect.
interface PropertyDescriptor {
  __proto__?: null;
}
interface CustomEventInit<T> {
  __proto__?: null;
}
interface MutationObserverInit {
  __proto__?: null;
}
interface ProxyHandler<T> {
  __proto__?: null;
}
interface ErrorConstructor {
  /** Chromium and Firefox. */
  captureStackTrace(object: object, from?: Function): void;
}
interface Document {
  /** Chromium. */
  readonly prerendering?: boolean;
}
