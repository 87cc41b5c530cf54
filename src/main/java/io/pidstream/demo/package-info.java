/** A broker, both jobs and a simulated plant in one process. */
package io.pidstream.demo;
