// Hands a long list from a page to a component of the browser as one string: React would walk each value of it twice.

declare const content: unique symbol;

/** A value as JSON. */
export type Packed<Value> = string & { readonly [content]: Value };

/** Packs a value that JSON can hold. */
export function pack<Value>(value: Value): Packed<Value> {
  return JSON.stringify(value) as Packed<Value>;
}

/** The value that was packed. */
export function unpack<Value>(packed: Packed<Value>): Value {
  return JSON.parse(packed) as Value;
}
