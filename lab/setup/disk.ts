import { statfs } from 'node:fs/promises'
import Docker from 'dockerode'
import { LabError } from '../errors.ts'

const gib = 2 ** 30

/** The lab image's build stages and layers take 1.5 GB; 3 GiB leaves room for the packages on their way. */
const neededBytes = 3 * gib

/** One line when too little is free in the folder where the engine keeps its data. */
export const diskComplaint = (freeBytes: number, folder: string): string | undefined =>
  freeBytes < neededBytes
    ? `only ${(freeBytes / gib).toFixed(1)} GiB free in ${folder}; building the lab image needs ${neededBytes / gib} GiB`
    : undefined

/** Throws LabError when the engine's disk is nearly full. An engine elsewhere is not asked. */
export async function demandDisk(): Promise<void> {
  const { DockerRootDir } = (await new Docker().info()) as { DockerRootDir: string }
  const { bavail, bsize } = await statfs(DockerRootDir).catch(() => ({ bavail: Number.POSITIVE_INFINITY, bsize: 1 }))
  const complaint = diskComplaint(bavail * bsize, DockerRootDir)
  if (complaint) throw new LabError(complaint)
}

export const isDiskFull = (output: string): boolean => /no space left on device|ENOSPC/i.test(output)
