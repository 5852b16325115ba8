/**
 * Why a folder is not erased as it stands; somebody has to look at it.
 * - `store-unreachable`: the folder, or the marker in it, is not there.
 * - `path-leaves-folder`: a path with `..`, an absolute one, one that names no file.
 * - `symbolic-link-found`: what it points to may be anybody's, and would stay.
 * - `file-has-other-names`: a hard link elsewhere would keep what is in it.
 * - `not-a-file`: a folder where a file was named, a socket, a device.
 * - `files-left`: something was removed, and is still there.
 * - `still-being-written`: there were new files every time.
 */
export type RefusalCode =
  | 'store-unreachable'
  | 'path-leaves-folder'
  | 'symbolic-link-found'
  | 'file-has-other-names'
  | 'not-a-file'
  | 'files-left'
  | 'still-being-written'
  | 'record-not-readable';

/** Ends an erasure from wherever it is; it becomes the reason of a failure. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    super(code);
    this.code = code;
  }
}
