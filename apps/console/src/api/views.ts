export interface StackView {
  readonly name: string;
  readonly kind: 'local' | 'deployed';
  readonly region: string;
  readonly versions: { readonly fyrestream: string; readonly node: string };
  readonly places: { readonly taken: number; readonly max: number | null };
  readonly settings: Readonly<Record<string, unknown>> | null;
}
