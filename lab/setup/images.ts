import Docker from 'dockerode'

/** An image's size in bytes; undefined when the engine does not have it. */
export async function imageSize(name: string): Promise<number | undefined> {
  try {
    return (await new Docker().getImage(name).inspect()).Size
  } catch (thrown) {
    if ((thrown as { statusCode?: number }).statusCode === 404) return undefined
    throw thrown
  }
}
