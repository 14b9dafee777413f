const EARTH_KM = 6371;
const SIDES = 64;

/** A circle on the globe as a closed ring of [longitude, latitude] in degrees. */
export function ring(lat: number, lon: number, km: number): [number, number][] {
  const phi = (lat * Math.PI) / 180;
  const far = km / EARTH_KM;
  const points: [number, number][] = [];
  for (let side = 0; side <= SIDES; side += 1) {
    const angle = (2 * Math.PI * (side % SIDES)) / SIDES;
    const up = Math.asin(Math.sin(phi) * Math.cos(far) + Math.cos(phi) * Math.sin(far) * Math.cos(angle));
    const turn = Math.atan2(Math.sin(angle) * Math.sin(far) * Math.cos(phi), Math.cos(far) - Math.sin(phi) * Math.sin(up));
    points.push([lon + (turn * 180) / Math.PI, (up * 180) / Math.PI]);
  }
  return points;
}
