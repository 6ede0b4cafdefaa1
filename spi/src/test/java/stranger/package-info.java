/** A format, a driver and layers that know the service interfaces alone, as a stranger would write them. */
package stranger;
