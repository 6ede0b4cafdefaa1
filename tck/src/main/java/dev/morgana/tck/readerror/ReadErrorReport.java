package dev.morgana.tck.readerror;

/**
 * What a campaign of read errors did.
 *
 * @param name what was done while reads failed
 * @param calls how many calls were tried, on how many contents
 * @param points at how many reads of them a failure began, each way of failing counted
 * @param refused how many of these made the call fail with the error of the device
 * @param absorbed how many did not, since the read was not needed, or another device had the bytes too
 * @param unchanged how many failed calls left every byte as it was
 */
public record ReadErrorReport(String name, long calls, long points, long refused, long absorbed, long unchanged) {}
