// What shipped scripts share by global names, and what the build makes. Read by `tsc` alone (javascript.rs).

/** A text of `_locales`, in the language that is in use (settings.js). */
declare var words: (key: string, values?: string[]) => string;

/** The chosen settings (settings.js). */
declare var preferences: {
  get(name: string): string | undefined;
  set(name: string, value: string): Promise<void>;
  readonly ready: Promise<void>;
  again(): Promise<void>;
  locale(): string;
  nameOf(language: string): string;
};

/** What popup.js begins before the WebAssembly program is there (src/webext/bootstrap.rs). */
declare var early: {
  tab: number | undefined;
  reply: Promise<object>;
  kept: Promise<Record<string, unknown>>;
  active: Promise<number | undefined>;
  begin(): void;
  crashed(): void;
};

/** The popup's program, compiled while the background was idle (background.js); only in Firefox. */
declare var popupProgram: WebAssembly.Module | undefined;
interface Window {
  popupProgram?: WebAssembly.Module;
}

/** The practised page, as the practised inspector reaches it (practice/page.js). */
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

/** Firefox's sidebar, in the place of Chromium's side panel. */
declare namespace chrome {
  const sidebarAction: { open(): Promise<void> };
}

// What wasm-bindgen writes; its own declarations are there only after a build.
declare module "*/wasm/popup/popup.js" {
  export default function init(source?: object): Promise<unknown>;
  export function popup(): void;
}

/** Carried into pages as it is: what it takes and gives there is JSON text. */
declare module "*/page/probe.js" {
  export function probe(ask?: string, by?: number, id?: number): any;
}

declare module "*/wasm/background/background.js" {
  type Probe = (...args: any[]) => any;
  export default function init(): Promise<unknown>;
  export function answer(message: object, probe: Probe): Promise<object>;
  export function api(message: object): Promise<object>;
  export function badge(tab: number): Promise<void>;
  export function follow(removed: number, added: number): Promise<void>;
  export function forget(tab: number): Promise<void>;
  export function hear(event: string, details: unknown, sender?: unknown): Promise<unknown>;
  export function resume(): Promise<void>;
}

/** A message of `_locales`. */
interface Message {
  message: string;
  placeholders?: Record<string, { content: string }>;
}

// The scripts in pages give every dictionary no prototype, so that a page's `Object.prototype` doesn't reach into it.
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
  /** Chromium's and Firefox's. */
  captureStackTrace(object: object, from?: Function): void;
}
interface Document {
  /** Chromium's. */
  readonly prerendering?: boolean;
}
