package dev.morgana.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which peers run in a container. */
class PlaceTest {
    @Test
    void aToolThatIsNotHereMeansAContainer() {
        assertThat(Place.of("no-such-tool")).isEqualTo(Place.CONTAINER);
    }

    @Test
    void aPropertyHidesTheToolsThatAreHere() {
        assertThat(Place.of("sh", "")).isEqualTo(Place.HERE);
        assertThat(Place.of("sh", "container")).isEqualTo(Place.CONTAINER);
    }
}
