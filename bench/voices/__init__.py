"""What voices cost: a swarm of guests with real keys calls one server after the other."""
