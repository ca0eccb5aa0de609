/** Names of the documents that are asked by GET, filled in by the build. */
declare const DOCUMENTS: readonly string[];

declare module '*.svg' {
  const address: string;
  export default address;
}

declare module '*.css';
