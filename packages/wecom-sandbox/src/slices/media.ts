/** A file that was uploaded; its bytes are kept elsewhere. Times in unix seconds. */
export type Media = {
  mediaId: string;
  kind: 'image' | 'voice' | 'video' | 'file';
  /** `media` lives 3 days and serves messages; the others serve moments and the product album only. */
  use: 'media' | 'moments' | 'album';
  name: string;
  contentType: string;
  size: number;
  createdAt: number;
};

/** A picture with an address of its own, for ever. */
export type Picture = { url: string; createdAt: number };

/** A file that the platform fetches by itself. */
export type UploadJob = { jobId: string; createdAt: number; mediaId: string; failure: number | null };

/** What the platform keeps of files. */
export type MediaSlice = { media: Media[]; pictures: Picture[]; uploadJobs: UploadJob[] };
