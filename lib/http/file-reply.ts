import "server-only";
// A file as the answer of a management route, instead of JSON.

/** A file to be kept by the caller; its name is plain ASCII without quotes. */
export class FileReply {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: string | Buffer;

  constructor({ fileName, mediaType, content }: { fileName: string; mediaType: string; content: string | Buffer }) {
    this.fileName = fileName;
    this.mediaType = mediaType;
    this.content = content;
  }

  /** The response that makes a browser store it, and look no further into it. */
  toResponse(status: number, headers: Record<string, string>): Response {
    const body = new Uint8Array(Buffer.from(this.content));
    return new Response(body, {
      status,
      headers: {
        ...headers,
        "content-type": this.mediaType,
        "content-disposition": `attachment; filename="${this.fileName}"`,
        "x-content-type-options": "nosniff",
      },
    });
  }
}
